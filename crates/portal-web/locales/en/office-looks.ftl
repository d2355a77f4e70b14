# What customers see of a portal: tickets, form, consent, branding, links, texts of mails.
looks-lead = { $section ->
    [display] How tickets look in the list and on their page. Which tickets a customer sees is decided under Tickets.
    [form] What customers are asked when they open a ticket. The contact who is signed in is always the requester.
    [consent] What people agree to before they get in. Each text has a number, which is kept with the proof.
    [branding] Logo and colour of the portal and of its mails.
    [links] Links at the top and at the bottom of every page.
   *[mail-texts] The words of the mails that your customers get. What you do not change stays as built in.
}
looks-label = What tickets are called
looks-label-hint = Several of them, for example “Requests”. Left empty: Tickets.
looks-new-label = Words of the button for a new one
looks-new-label-hint = Left empty: New ticket.
looks-columns = Columns of the list
looks-columns-hint = At most 10, in this order. The subject is always needed.
looks-column = { $column ->
    [subject] Subject
    [status] Status
    [requester] Requester
    [updated] Last activity
    [created] Created
    [priority] Urgency
    [category] Kind of request
    [owner] Owner
   *[source] Channel
}
looks-sort-title = Order of the list
looks-sort = { $sort ->
    [attention] What waits for the customer first
    [activity] Last activity first
   *[created] Newest ticket first
}
looks-which = Properties on the ticket’s page
looks-which-all = All that customers may be shown
looks-which-chosen = Only the ones chosen here
looks-properties = Chosen properties
looks-properties-hint = In this order. They count if “Only the ones chosen here” is selected.
looks-owner-title = What customers are told of who works for them
looks-owner = { $owner ->
    [name] Their name
    [alias] Their first name
    [team] The name of the team
   *[nothing] Nothing
}
looks-team = Name of the team
looks-team-hint = Used if the name of the team is selected.
looks-statuses = Words for statuses
looks-statuses-hint = Without words of its own, a status is called what its stage is called.
looks-status-label = What customers read
looks-status-explanation = A sentence that explains it
looks-hidden = Hide whole pipelines from customers
looks-up = Move { $name } up
looks-down = Move { $name } down
looks-remove = Remove { $name }
looks-add = Add
looks-add-what = What to add
looks-form-title = Heading
looks-form-title-hint = Left empty: the usual words.
looks-form-button = Words on the button
looks-form-button-hint = Left empty: the usual words.
looks-fields = Fields
looks-fields-hint = Customers are asked in this order. Subject and description are always there.
looks-field = { $field ->
    [subject] Subject
    [category] Kind of request
    [priority] Urgency
    [description] Description
   *[files] Files
}
looks-field-gone = This property does not exist any more. Remove the field.
looks-field-label = Label
looks-field-label-hint = Left empty: the usual words.
looks-field-help = Help text
looks-field-entry = How it is entered
looks-field-always = Must always be filled in.
looks-entry = { $entry ->
    [text] One line
    [paragraph] Several lines
    [number] Number
    [date] Day
    [drop_down] One of several
    [multi_select] Any of several
   *[checkbox] Yes or no
}
looks-options = What there is to choose
looks-options-hint = One a line: what is kept, and if you like what customers read in each language:
looks-options-value = value
looks-required = Must be filled in
looks-conditional = conditional
looks-when = Ask only after certain answers
looks-when-hint = Tick answers of one field that stands above. Nothing ticked: always asked.
looks-when-stale = Not possible any more
looks-yes-no = { $answer ->
    [true] Yes
   *[false] No
}
looks-add-field = Add field
looks-properties-link = Define more properties
looks-consent-number = Version { $n } is asked for. Whoever accepted version { $from } or a later one is not asked again.
looks-consent-off = Nobody is asked for anything.
looks-consent-text = Text
looks-consent-hint = Light Markdown: paragraphs, lists, links. Left empty in all languages, nothing is asked. Another text gets a new number.
looks-consent-again = Ask everybody again who accepted an earlier version
looks-consent-versions = Texts so far
looks-consent-version = Version { $n }
looks-accent = Colour
looks-accent-pick = Pick a colour
looks-accent-hint = Six digits or letters from a to f, like #2e61c4. Shades that are easy to read are made of it, whatever it is. Left empty: the usual blue.
looks-scheme = { $scheme ->
    [light] On light pages
   *[dark] On dark pages
}
looks-shade = { $shade ->
    [button] Buttons
    [link] Links
   *[mark] Marks
}
looks-verdict = { $verdict ->
    [darkened] Buttons are a little darker than your colour, so that white letters can be read on them.
    [dark-letters] Letters on buttons are dark.
    [bordered] Buttons get a border, because your colour hardly differs from a light page.
    [links-darkened] Links are darker on light pages.
    [links-lightened] Links are lighter on dark pages.
   *[fine] Your colour is easy to read everywhere as it is.
}
looks-show-name = Show the portal’s name beside the logo
looks-picture = { $picture ->
    [logo] Logo
    [logo-dark] Logo on dark pages
   *[favicon] Picture in the browser’s tab
}
looks-picture-text = { $picture ->
    [logo] At the top of every page and of every mail.
    [logo-dark] For readers who prefer dark pages. Without it, they see the other one.
   *[favicon] Best square.
}
looks-picture-now = As it is now
looks-picture-choose = Choose a picture
looks-picture-hint = PNG, JPEG, GIF or WebP, at most { $limit }. It is brought into { $size } pixels and made anew, so that nothing else is left in it.
looks-picture-send = Use this picture
looks-picture-remove = Remove
looks-picture-none = Choose a picture first.
looks-picture-broken = This is no picture that can be read. Use a PNG, JPEG, GIF or WebP file.
looks-picture-large = This picture has too many pixels. Make it smaller first.
looks-picture-off = This server takes no pictures.
looks-picture-changed = Somebody changed this picture meanwhile; you see theirs. Choose yours again to put it in its place.
looks-links = { $list ->
    [header] Top of the page
   *[footer] Bottom of the page
}
looks-links-hint = { $list ->
    [header] Beside the tickets: your site, a shop, a status page. At most 4.
   *[footer] Privacy, imprint, terms. At most 8.
}
looks-link-n = Link { $n }
looks-link-label = Words
looks-link-to = Where it leads
looks-link-add = Add link
looks-mail = { $mail ->
    [invitation] Registration e-mail
    [already_registered] One more portal
    [verify_address] Confirm an address
    [sign_in] Sign in
    [reset_password] New password
   *[registration_approved] Registration approved
}
looks-mail-text = { $mail ->
    [invitation] To whoever may enter and has no account yet.
    [already_registered] To whoever has an account and may now enter this portal too.
    [verify_address] To whoever registers, to prove that the address is theirs.
    [sign_in] With a link and a code, to whoever signs in without a password.
    [reset_password] To whoever has forgotten their password.
   *[registration_approved] To whoever waited until somebody approved their registration.
}
looks-mail-own = your words
looks-mail-edit = { $mail }, { $language }
looks-mail-subject = Subject
looks-mail-body = Text
looks-mail-body-hint = A blank line begins a new paragraph. The link alone in a paragraph becomes a button.
looks-placeholder = { $name ->
    [portal_name] the portal’s name
    [contact_name] the person’s name
    [link] the link; no other address is possible
    [code] the code to type
   *[expires] until when it works
}
looks-placeholder-needed = needed
looks-mail-preview = Look at it
looks-mail-reset = Back to the built-in words
looks-mail-look = How it looks
looks-mail-look-hint = With a made-up name. Nothing in it works.
looks-mail-test-hint = The test has the words that are saved. It says that it is a test.
looks-field-words = Label and help text
