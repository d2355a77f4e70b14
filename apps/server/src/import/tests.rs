mod export;
mod laws;
mod report;
mod world;
