"""The run: parameters, order, execution, publication."""
