# Forms: sign in, new ticket, files, and what can be wrong with them.
sign-in-title = Sign in to { $portal }
sign-in-page = Sign in
sign-in-lead = Use the e-mail address you have with us.
sign-in-email = E-mail address
sign-in-password = Password
sign-in-submit = Sign in
password-show = Show
password-hide = Hide
new-title = New ticket
new-lead = Describe what you need. We answer in this portal.
new-about = This ticket follows <a href="{ $href }">{ $ticket }</a>.
new-subject = What is it about?
new-subject-hint = A short sentence is enough.
new-category = Category
new-category-none = Choose a category
new-priority = How urgent is it?
new-priority-hint = { $priority ->
    [low] It can wait.
    [normal] We can keep working.
    [high] An important process is disturbed.
   *[urgent] An important process is down.
}
new-description = Description
new-description-hint = What happened, what did you expect, since when?
new-audience = Who may see this ticket?
new-audience-company = Everyone at { $company }
new-audience-company-hint = Colleagues with portal access can see the ticket.
new-audience-private = Only me and support
new-audience-private-hint = Nobody else at your company sees it.
new-audience-only-you = You and support can see this ticket.
new-choose = Choose …
new-when = Only if “{ $field }” is: { $answers }
new-when-ticked = Depends on “{ $field }”
new-field = { $field ->
    [category] Kind of request
   *[priority] Urgency
}
new-submit = Send ticket
files-label = Files
files-drop = Drag files here or
files-choose = Choose files
files-limit = { $count ->
    [one] 1 file, up to { $size }
   *[other] Up to { $count } files, { $size } in total
}
files-staged = Already uploaded
files-remove = Remove { $name }
files-uploading = Uploading: { $percent } %
problem-email-missing = Enter your e-mail address, like name@example.com.
problem-password-missing = Enter your password.
problem-sign-in-wrong = E-mail address and password do not match.
problem-sign-in-slow = Too many attempts. Try again in { $wait }.
problem-subject-missing = Say in a few words what it is about.
problem-subject-long = Shorten the subject to { $max } characters.
problem-description-missing = Describe what happened.
problem-text-long = The text is too long. Attach the rest as a file.
problem-category = Choose a category from the list.
problem-priority = Choose how urgent it is.
problem-asked-missing = Fill this in, or choose one of what is offered.
problem-asked-number = Enter a number such as 12 or 12.5.
problem-asked-date = Enter a day that exists.
problem-asked-choice = Choose one of what is offered.
problem-audience = Choose who may see the ticket.
problem-body-missing = Write your reply before sending.
problem-reason-long = Shorten the reason to { $max } characters.
problem-files-many = Attach at most { $max } files.
problem-files-large = The files are larger than { $limit } in total. Leave some out or make them smaller.
problem-file-empty = The file “{ $name }” is empty.
problem-file-failed = The file “{ $name }” could not be stored. Attach it again.
problem-name-missing = Enter your name.
problem-name-long = Shorten the name to { $max } characters.
problem-language = Choose a language from the list.
problem-zone = Choose a time zone from the list.
problem-current-wrong = This is not your present password.
problem-password-short = Use at least { $min } characters. A sentence is easy to remember.
problem-password-long = Use at most { $max } characters.
problem-password-common = This password is on lists of known passwords. Choose another one.
problem-token-name-missing = Give the token a name, so that you recognise it later.
problem-tokens-many = You have { $max } tokens, which is the most. Revoke one first.
problem-token-days = Choose how long the token works.
problem-sign-in-blocked = There were too many wrong attempts. Choose a new password: see “Forgot password?”.
problem-unprintable = Write this in one line, without special control characters.
problem-sent-already = This form was sent before with another text. Look whether something is missing, then send again.
problem-file-gone = A file is no longer there. Attach it again.
problem-comment-long = Shorten the comment to { $max } characters.
problem-rating = Choose one of the two answers.
