"""Rules, measures, records, appeals and the names of members, as members and leaders speak of them."""
