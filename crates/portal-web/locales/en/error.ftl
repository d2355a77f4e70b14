# Error pages: what happened, what it means, what to do.
error-title = { $kind ->
    [bad_request] This request could not be read
    [not_found] We cannot find this page
    [forbidden] You cannot do this
    [cross_site] This form came from another site
    [no_entry] Your account has no access to this portal
    [method_not_allowed] This page cannot be called like that
    [conflict] Somebody was faster
    [gone] This link has ended
    [too_large] That was too large
    [misdirected] No portal at this address
    [too_many] One moment
    [unavailable] The service is not available right now
   *[internal] Sorry, there is a problem with the service
}
error-text = { $kind ->
    [bad_request] Go back and try it again.
    [not_found] This page or ticket does not exist, or you do not have access to it.
    [forbidden] You may see this ticket, but not change it in this way.
    [cross_site] For your safety, forms are accepted only from the portal's own pages. Open the page again and repeat your entry.
    [no_entry] You are signed in, but this portal is not open to you. Ask the support team for access.
    [method_not_allowed] Go back and try it again.
    [conflict] The ticket was changed while you were writing. Look at it as it is now, then decide.
    [gone] Links like this one work only for a limited time.
    [misdirected] Check the address in the address bar.
    [unavailable] We are working on it. Try again in a few minutes.
   *[internal] Try again later. What you sent was not saved.
}
error-too-large = All together may have at most { $limit }. Leave some files out or make them smaller.
error-too-many = There were many requests in a short time. Try again in { $wait }.
error-id = If you write to support, give this number:
error-your-text = Your text
error-signed-in = Signed in as { $email }
error-switch = Switch account
error-back = Back to tickets
error-sign-in = Sign in
error-look = Look at the ticket
