"""What runs and touches the outside: flows, readers, the store, the command line."""

import os

# NumPy starts a thread for each core but one, for linear algebra, of which there is none here. Each first spins for
# some 50 ms of processor time, half of what it takes to import NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
