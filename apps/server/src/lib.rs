//! The portal as a program: configuration, wiring, commands.

pub mod admin;
pub mod apply;
pub mod cli;
pub mod config;
pub mod demo;
pub mod failure;
pub mod healthcheck;
pub mod http;
pub mod import;
pub mod output;
pub mod serve;
pub mod telemetry;
pub mod wiring;
