"""Survey estimates as an official statistician would make them (methods sections 1 and 5).

Pure functions on frames and arrays: no file is read, nothing is rounded, no respondent leaves.
Start at `estimate.estimate`: measures × domains → numbers with intervals and all covariances.
"""
