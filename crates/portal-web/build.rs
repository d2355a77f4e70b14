//! The embedded folders are read by macros, which the compiler does not watch.

fn main() {
    for folder in ["assets", "locales", "templates"] {
        println!("cargo::rerun-if-changed={folder}");
    }
}
