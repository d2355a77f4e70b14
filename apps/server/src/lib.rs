//! The portal as a program: configuration, wiring, commands.
