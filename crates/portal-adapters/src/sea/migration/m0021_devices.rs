// Signing out everywhere forgets every device: those from before this instant are not known again.
super::migration!(
    "m0021_devices",
    &["ALTER TABLE account ADD COLUMN devices_since {long} NOT NULL DEFAULT 0"]
);
