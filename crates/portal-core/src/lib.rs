//! The rules of a customer portal, without any I/O.
