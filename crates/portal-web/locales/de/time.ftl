# Zeiten, wie man sie schreibt.
time-now = Gerade eben
time-minutes = vor { $n } Min.
time-hours = vor { $n } Std.
time-yesterday = Gestern
time-days = { $n ->
    [one] vor 1 Tag
   *[other] vor { $n } Tagen
}
time-day = { $day }. { time-month-short }
time-day-year = { $day }. { time-month-short } { $year }
time-month-short = { $month ->
    [1] Jan.
    [2] Feb.
    [3] März
    [4] Apr.
    [5] Mai
    [6] Juni
    [7] Juli
    [8] Aug.
    [9] Sept.
    [10] Okt.
    [11] Nov.
   *[12] Dez.
}
time-month-long = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
}
time-today-at = Heute, { $clock } Uhr
time-day-at = { $day }, { $clock } Uhr
time-full = { $day }. { time-month-long } { $year }, { $clock } Uhr
time-in-zone = { $moment } ({ $zone })
time-wait-seconds = { $n ->
    [one] 1 Sekunde
   *[other] { $n } Sekunden
}
time-wait-minutes = { $n ->
    [one] 1 Minute
   *[other] { $n } Minuten
}
# Für den Browser, der die kurzen Formen frisch hält; # steht für die Zahl.
time-refresh = Gerade eben|vor # Min.|vor # Std.
# Zeitspannen. „more“ zählt die nächstkleinere Einheit.
span-minutes = { $n } Min.
span-hours = { $more ->
    [0] { $n } Std.
   *[other] { $n } Std. { $more } Min.
}
span-days = { $n ->
    [one] { $more ->
        [0] 1 Tag
       *[other] 1 Tag { $more } Std.
    }
   *[other] { $more ->
        [0] { $n } Tage
       *[other] { $n } Tage { $more } Std.
    }
}
