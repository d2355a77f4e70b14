//! Conformance suite, reference store and fakes for `portal-core`.
