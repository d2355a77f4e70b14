use crate::time::Timestamp;

/// Knows the time zones of the world.
pub trait Zones: Send + Sync + 'static {
    /// How many minutes the local time of an IANA zone is ahead of UTC at an instant; 0 for a zone that nobody knows.
    fn minutes_east(&self, zone: &str, at: Timestamp) -> i32;
}

/// Knows UTC only.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoZones;

impl Zones for NoZones {
    fn minutes_east(&self, _: &str, _: Timestamp) -> i32 {
        0
    }
}
