//! A portal with gateways and a journaling store of its own.
