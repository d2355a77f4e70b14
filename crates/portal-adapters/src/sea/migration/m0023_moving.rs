// Which inboxes are on their way to a portal is asked at each request.
super::migration!(
    "m0023_moving",
    &["CREATE INDEX inbox_moving_to ON inbox (moving_to) WHERE moving_to IS NOT NULL"]
);
