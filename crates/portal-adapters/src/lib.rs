//! Default adapters of `portal-core`.
