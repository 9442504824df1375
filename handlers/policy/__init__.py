"""What a group has decided: shown, changed one value at a time, refused where it cannot be."""
