"""One module a page: a function from the desk and the address to what is shown."""
