// The message that was jumped to stands out for a moment, then looks like all others again.
export const MARKED = 2000;

export class Mark {
  constructor(rows) {
    this.rows = rows;
    this.key = 0;
    this.timer = 0;
  }

  set(key) {
    clearTimeout(this.timer);
    this.key = key;
    for (const [one, row] of this.rows) this.dress(row, one);
    if (key) this.timer = setTimeout(() => this.set(0), MARKED);
  }

  dress(row, key) {
    const here = this.key !== 0 && key === this.key;
    row.classList.toggle('selected', here);
    row.classList.toggle('flash', here);
  }
}
