//! The customer's pages and the REST API as poem endpoints.
