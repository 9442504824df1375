// Room for the columns: beside a tool the list of chats shrinks to faces where not all columns would fit.
import { address } from './address.js';

const COLUMN = 336;

/** What list, tool and rail take as css/layout.css says. */
const around = () => (innerWidth > 1280 ? 760 : 676);

const fits = () => innerWidth - around() >= COLUMN * Math.max(1, address.columns.length);

export function startRoom() {
  const app = document.getElementById('app');
  const place = () => { app.dataset.list = address.panel && innerWidth > 760 && !fits() ? 'narrow' : 'wide'; };
  address.watch(place);
  addEventListener('resize', place);
  place();
}
