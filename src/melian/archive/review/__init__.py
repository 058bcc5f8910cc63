"""People over the machine: corrections, the queue of what to look at, random samples, and what follows from them."""
