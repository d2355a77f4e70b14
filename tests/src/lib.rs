//! End-to-end tests: the real program, a real browser.
