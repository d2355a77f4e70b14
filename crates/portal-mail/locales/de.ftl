# Die E-Mails an Kundinnen und Kunden und an das Team. Siehe en.ftl.

months = Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember
instant = { $day }. { $month } { $year }, { $time } Uhr ({ $zone })
footer-sender = Diese E-Mail wurde automatisch von { $portal } verschickt.
button-fallback = Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse:
test-note = Dies ist ein Test. Link und Code darin öffnen nichts.

invitation-subject = Ihr Zugang zu { $portal_name }
invitation-body =
    Guten Tag { $contact_name },

    Sie haben jetzt Zugang zu { $portal_name }. Dort sehen Sie Ihre Anfragen, schreiben dem Team und lesen die Antworten.

    Wählen Sie ein Passwort, um zu beginnen:

    { $link }

    Der Link gilt bis { $expires }. Danach bitten Sie das Team um einen neuen.
invitation-button = Konto anlegen
invitation-why = Sie erhalten diese E-Mail, weil { $portal } dieser Adresse Zugang gegeben hat.

already_registered-subject = Sie haben jetzt Zugang zu { $portal_name }
already_registered-body =
    Guten Tag { $contact_name },

    Sie haben jetzt auch Zugang zu { $portal_name }. Melden Sie sich mit dem Konto an, das Sie schon haben.

    { $link }
already_registered-button = Zum Portal
already_registered-why = Sie erhalten diese E-Mail, weil { $portal } dieser Adresse Zugang gegeben hat.

verify_address-subject = Bestätigen Sie Ihre E-Mail-Adresse
verify_address-body =
    Guten Tag { $contact_name },

    jemand, vermutlich Sie, möchte sich mit dieser Adresse bei { $portal_name } registrieren. Bestätigen Sie, dass es Ihre ist:

    { $link }

    Der Link gilt bis { $expires }. Waren Sie es nicht, tun Sie nichts: Dann entsteht kein Konto.
verify_address-button = Adresse bestätigen
verify_address-why = Sie erhalten diese E-Mail, weil diese Adresse bei { $portal } eingegeben wurde.

sign_in-subject = Ihre Anmeldung bei { $portal_name }
sign_in-body =
    Guten Tag { $contact_name },

    hier ist Ihr Link, um sich bei { $portal_name } anzumelden:

    { $link }

    Oder geben Sie diesen Code auf der Seite ein, auf der Sie sich gerade anmelden:

    { $code }

    Beides gilt einmal, bis { $expires }. Geben Sie den Code niemandem: Das Team fragt nie danach. Waren Sie es nicht, tun Sie nichts.
sign_in-button = Anmelden
sign_in-why = Sie erhalten diese E-Mail, weil sich jemand mit dieser Adresse bei { $portal } anmeldet.

reset_password-subject = Wählen Sie ein neues Passwort
reset_password-body =
    Guten Tag { $contact_name },

    jemand, vermutlich Sie, möchte ein neues Passwort für { $portal_name }.

    { $link }

    Der Link gilt einmal, bis { $expires }. Waren Sie es nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist.
reset_password-button = Passwort wählen
reset_password-why = Sie erhalten diese E-Mail, weil bei { $portal } ein neues Passwort angefordert wurde.

registration_approved-subject = Ihre Registrierung bei { $portal_name } ist freigegeben
registration_approved-body =
    Guten Tag { $contact_name },

    Ihre Registrierung bei { $portal_name } ist freigegeben. Sie können sich jetzt anmelden.

    { $link }
registration_approved-button = Anmelden
registration_approved-why = Sie erhalten diese E-Mail, weil Sie sich bei { $portal } registriert haben.

confirm_address-subject = Bestätigen Sie Ihre neue E-Mail-Adresse
confirm_address-body =
    Guten Tag { $contact_name },

    jemand, vermutlich Sie, möchte sich künftig mit dieser Adresse bei { $portal_name } anmelden. Bestätigen Sie, dass es Ihre ist:

    { $link }

    Der Link gilt bis { $expires }. Waren Sie es nicht, tun Sie nichts: Dann ändert sich nichts.
confirm_address-button = Adresse bestätigen
confirm_address-why = Sie erhalten diese E-Mail, weil diese Adresse bei { $portal } eingegeben wurde.

address_changing-subject = Ihre E-Mail-Adresse soll geändert werden
address_changing-body =
    Guten Tag { $contact_name },

    jemand, vermutlich Sie, möchte die Adresse, mit der Sie sich bei { $portal_name } anmelden, auf { $new } ändern. Sie ändert sich, sobald die neue Adresse bestätigt ist.

    Waren Sie es nicht, halten Sie die Änderung hier auf und wählen Sie ein neues Passwort:

    { $link }
address_changing-button = Prüfen
address_changing-why = Sie erhalten diese E-Mail zu Ihrer Sicherheit; sie lässt sich nicht abstellen.

address_changed-subject = Ihre E-Mail-Adresse wurde geändert
address_changed-body =
    Guten Tag { $contact_name },

    Sie melden sich bei { $portal_name } jetzt mit { $new } an. Diese Adresse gilt nicht mehr.

    Waren Sie es nicht, melden Sie sich sofort beim Team.
address_changed_undo-body =
    Guten Tag { $contact_name },

    Sie melden sich bei { $portal_name } jetzt mit { $new } an. Diese Adresse gilt nicht mehr.

    Waren Sie es nicht, machen Sie es bis { $expires } rückgängig:

    { $link }
address_changed-button = Änderung rückgängig machen
address_changed-why = Sie erhalten diese E-Mail zu Ihrer Sicherheit; sie lässt sich nicht abstellen.

password_changed-subject = Ihr Passwort wurde geändert
password_changed-body =
    Guten Tag { $contact_name },

    Ihr Passwort für { $portal_name } wurde am { $at } geändert.

    Waren Sie es, ist nichts zu tun. Waren Sie es nicht, wählen Sie sofort ein neues Passwort:

    { $link }
password_changed-button = Neues Passwort wählen
password_changed-why = Sie erhalten diese E-Mail zu Ihrer Sicherheit; sie lässt sich nicht abstellen.

registration_pending-subject = Jemand wartet auf Zugang zu { $site }
registration_pending-body =
    Guten Tag { $contact_name },

    { $name } ({ $address }) hat sich bei { $site } registriert und wartet auf Freigabe.

    { $link }
registration_pending-button = Registrierung prüfen
registration_pending-why = Sie erhalten diese E-Mail, weil Sie dieses Portal betreuen.

staff_invitation-subject = Ihr Teamkonto bei { $portal_name }
staff_invitation-body =
    Guten Tag { $contact_name },

    { $invited_by } hat Ihnen ein Teamkonto bei { $portal_name } angelegt. Wählen Sie ein Passwort und richten Sie Ihren zweiten Faktor ein:

    { $link }

    Der Link gilt bis { $expires }.
staff_invitation_system-body =
    Guten Tag { $contact_name },

    bei { $portal_name } gibt es ein Teamkonto für Sie. Wählen Sie ein Passwort und richten Sie Ihren zweiten Faktor ein:

    { $link }

    Der Link gilt bis { $expires }.
staff_invitation-button = Konto einrichten
staff_invitation-why = Sie erhalten diese E-Mail, weil Ihnen ein Teamkonto angelegt wurde.

staff_reset-subject = Wählen Sie ein neues Passwort
staff_reset-body =
    Guten Tag { $contact_name },

    jemand, vermutlich Sie, möchte ein neues Passwort für Ihr Teamkonto.

    { $link }

    Der Link gilt einmal, bis { $expires }. Waren Sie es nicht, sagen Sie es der Administration.
staff_reset-button = Passwort wählen
staff_reset-why = Sie erhalten diese E-Mail, weil Sie ein Teamkonto haben.

staff_notice-subject = { $what ->
    [password_changed] Ihr Passwort wurde geändert
    [factor_added] Ein zweiter Faktor wurde eingerichtet
    [factor_removed] Ihr zweiter Faktor wurde entfernt
    [recovery_code_used] Ein Wiederherstellungscode wurde benutzt
    [recovery_codes_renewed] Sie haben neue Wiederherstellungscodes
   *[locked] Ihre Anmeldung ist gesperrt
}
staff_notice-body =
    Guten Tag { $contact_name },

    { $what ->
        [password_changed] das Passwort Ihres Teamkontos wurde am { $at } geändert.
        [factor_added] für Ihr Teamkonto wurde am { $at } ein zweiter Faktor eingerichtet.
        [factor_removed] der zweite Faktor Ihres Teamkontos wurde am { $at } entfernt.
        [recovery_code_used] am { $at } wurde ein Wiederherstellungscode Ihres Teamkontos benutzt. Er gilt nicht noch einmal.
        [recovery_codes_renewed] am { $at } wurden neue Wiederherstellungscodes für Ihr Teamkonto erzeugt. Die alten gelten nicht mehr.
       *[locked] jemand hat viele falsche Passwörter für Ihr Teamkonto ausprobiert. Die Anmeldung ist seit { $at } für eine Weile gesperrt.
    }

    Waren Sie es nicht, sagen Sie es sofort der Administration.

    { $link }
staff_notice-button = Konto prüfen
staff_notice-why = Sie erhalten diese E-Mail zu Ihrer Sicherheit; sie lässt sich nicht abstellen.

test-subject = Test-E-Mail von { $portal_name }
test-body =
    Guten Tag { $contact_name },

    E-Mails von { $portal_name } kommen an: Diese hier ist angekommen. { $asked_by } wollte es wissen.
test_system-body =
    Guten Tag { $contact_name },

    E-Mails von { $portal_name } kommen an: Diese hier ist angekommen.
test-why = Sie erhalten diese E-Mail, weil Ihre Adresse für einen Test eingegeben wurde.

ticket_answered-subject = Re: { $subject } (#{ $number })
ticket_answered-body =
    Guten Tag { $contact_name },

    { $author } hat auf Ihr Ticket #{ $number }, „{ $subject }“, geantwortet:

    { $text }

    { $link }
ticket_answered_no_entry-body =
    Guten Tag { $contact_name },

    { $author } hat auf Ihr Ticket #{ $number }, „{ $subject }“, geantwortet:

    { $text }
ticket_answered-button = Lesen und antworten
ticket_answered-why = Sie erhalten diese E-Mail, weil Sie an diesem Ticket bei { $portal } beteiligt sind.

ticket_received-subject = { $subject } (#{ $number })
ticket_received-body =
    Guten Tag { $contact_name },

    wir haben Ihre Anfrage „{ $subject }“ erhalten. Sie hat die Nummer #{ $number }.

    { $link }

    Wir schreiben an diese Adresse, sobald es eine Antwort gibt.
ticket_received-button = Ticket ansehen
ticket_received-why = Sie erhalten diese E-Mail, weil Sie bei { $portal } ein Ticket eröffnet haben.

ticket_opened-subject = { $subject } (#{ $number })
ticket_opened-body =
    Guten Tag { $contact_name },

    { $author } hat das Ticket #{ $number }, „{ $subject }“, für Sie eröffnet:

    { $text }

    { $link }
ticket_opened-button = Ticket ansehen
ticket_opened-why = Sie erhalten diese E-Mail, weil bei { $portal } ein Ticket für Sie eröffnet wurde.

ticket_waiting-subject = Re: { $subject } (#{ $number })
ticket_waiting-body =
    Guten Tag { $contact_name },

    Ihr Ticket #{ $number }, „{ $subject }“, wartet auf Ihre Antwort.

    { $link }
ticket_waiting-button = Lesen und antworten
ticket_waiting-why = Sie erhalten diese E-Mail, weil Sie an diesem Ticket bei { $portal } beteiligt sind.

ticket_reminder-subject = Re: { $subject } (#{ $number })
ticket_reminder-body =
    Guten Tag { $contact_name },

    Ihr Ticket #{ $number }, „{ $subject }“, wartet noch auf Ihre Antwort.

    { $link }

    Wenn wir nichts von Ihnen hören, wird es nach dem { $at } geschlossen. Danach können Sie es wieder öffnen.
ticket_reminder-button = Lesen und antworten
ticket_reminder-why = Sie erhalten diese E-Mail, weil Sie an diesem Ticket bei { $portal } beteiligt sind.

ticket_closed-subject = Re: { $subject } (#{ $number })
ticket_closed-body =
    Guten Tag { $contact_name },

    Ihr Ticket #{ $number }, „{ $subject }“, wurde geschlossen.

    { $link }

    Wenn noch etwas offen ist, schreiben Sie einfach wieder an das Ticket.
ticket_closed-button = Ticket ansehen
ticket_closed-why = Sie erhalten diese E-Mail, weil Sie an diesem Ticket bei { $portal } beteiligt sind.

ticket_expired-subject = Re: { $subject } (#{ $number })
ticket_expired-body =
    Guten Tag { $contact_name },

    Ihr Ticket #{ $number }, „{ $subject }“, hat lange auf Ihre Antwort gewartet. Wir haben es geschlossen.

    { $link }

    Wenn noch etwas offen ist, schreiben Sie einfach wieder an das Ticket.
ticket_expired-button = Ticket ansehen
ticket_expired-why = Sie erhalten diese E-Mail, weil Sie an diesem Ticket bei { $portal } beteiligt sind.

ticket_reopened-subject = Re: { $subject } (#{ $number })
ticket_reopened-body =
    Guten Tag { $contact_name },

    Ihr Ticket #{ $number }, „{ $subject }“, wurde wieder geöffnet.

    { $link }
ticket_reopened-button = Ticket ansehen
ticket_reopened-why = Sie erhalten diese E-Mail, weil Sie an diesem Ticket bei { $portal } beteiligt sind.

footer-mute = Keine E-Mails mehr zu diesem Ticket
footer-choices = Auswählen, worüber Sie benachrichtigt werden

agent_news-subject = { $subject } (#{ $number })
agent_news-body =
    Guten Tag { $contact_name },

    { $text }

    { $link }
agent_news-button = Im Helpdesk öffnen
agent_news-why = Sie erhalten diese E-Mail, weil Sie es in Ihren Benachrichtigungen bei { $portal } so gewählt haben.

agent_digest-subject = Neues aus dem Helpdesk
agent_digest-body =
    Guten Tag { $contact_name },

    das ist inzwischen geschehen:

    { $text }

    { $link }
agent_digest-button = Benachrichtigungen öffnen
agent_digest-why = Sie erhalten diese E-Mail, weil Sie es in Ihren Benachrichtigungen bei { $portal } so gewählt haben.

agent_news-line = { $what ->
    [assigned] { $by } hat Ihnen das Ticket #{ $number }, „{ $subject }“, gegeben.
    [mentioned] { $by } hat Sie beim Ticket #{ $number }, „{ $subject }“, erwähnt.
    [replied] { $by } hat an Ihr Ticket #{ $number }, „{ $subject }“, geschrieben.
   *[unassigned] Das Ticket #{ $number }, „{ $subject }“, ist eingegangen und gehört noch niemandem.
    [not_good] { $by } ist mit der Lösung von Ticket #{ $number }, „{ $subject }“, nicht zufrieden.
    [due_soon] Ticket #{ $number }, „{ $subject }“, ist bald fällig.
    [late] Ticket #{ $number }, „{ $subject }“, ist überfällig.
}

rate-question = Sind Sie mit der Lösung zufrieden?
rate-word = { $rating ->
    [good] Gut
   *[not_good] Nicht gut
}
