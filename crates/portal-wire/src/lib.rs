//! Versioned serde forms of what is stored or applied.
