"""The batch: many editions, on the processes of this machine or on a Dask cluster."""
