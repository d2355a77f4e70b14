mod export;
mod laws;
mod report;
mod stores;
mod world;
