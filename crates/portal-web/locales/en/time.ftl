# Times, written as people write them.
time-now = Just now
time-minutes = { $n } min ago
time-hours = { $n } h ago
time-yesterday = Yesterday
time-days = { $n ->
    [one] 1 day ago
   *[other] { $n } days ago
}
time-day = { $day } { time-month-short }
time-day-year = { $day } { time-month-short } { $year }
time-month-short = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sept
    [10] Oct
    [11] Nov
   *[12] Dec
}
time-today-at = Today, { $clock }
time-day-at = { $day }, { $clock }
time-full = { $day } { time-month-short } { $year }, { $clock }
time-in-zone = { $moment } ({ $zone })
time-wait-seconds = { $n ->
    [one] 1 second
   *[other] { $n } seconds
}
time-wait-minutes = { $n ->
    [one] 1 minute
   *[other] { $n } minutes
}
# For the browser, which keeps the short forms fresh; # stands for the number.
time-refresh = Just now|# min ago|# h ago
# Spans of time. "more" counts the next smaller unit.
span-minutes = { $n } min
span-hours = { $more ->
    [0] { $n } h
   *[other] { $n } h { $more } min
}
span-days = { $n ->
    [one] { $more ->
        [0] 1 d
       *[other] 1 d { $more } h
    }
   *[other] { $more ->
        [0] { $n } d
       *[other] { $n } d { $more } h
    }
}
