"""Finding the record that somebody means by a name, a number or an id."""
