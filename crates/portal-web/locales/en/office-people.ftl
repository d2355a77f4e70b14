# Contacts, companies, access groups, properties, and what a change of policy would do.
crm-contacts = Contacts
crm-name = Name
crm-address = Address
crm-company = Company
crm-companies = Companies
crm-state = State
crm-removed = Removed
crm-registered = Registered
crm-unregistered = Not registered
crm-edit = Edit
crm-save = Save
crm-cancel = Cancel
crm-check = Check who sees what
crm-search = Search
crm-search-members = Search members
crm-search-contacts = Search by name, address or company
crm-search-companies = Search by name or domain
crm-found-none = Nothing was found.
crm-more = More
crm-show = Show
crm-show-named = Show { $name }
crm-tickets = { $n ->
    [one] { $n } ticket
   *[other] { $n } tickets
}
crm-groups-lead = Whoever is in a group can enter the portals that let it in.
crm-groups-none = There is no access group yet. Make one, and let a portal let in its members.
crm-group-new-static = New group of chosen contacts
crm-group-new-dynamic = New group by criteria
crm-group-form = Access group
crm-group-kind = Members
crm-group-static = Chosen one by one
crm-group-dynamic = Everyone who matches
crm-group-portals = Portals
crm-group-name = Name of the group
crm-group-name-hint = For your team only. Customers never see it.
crm-group-remove = Remove this group
crm-group-remove-text = Contacts stay; they are in one group less. A group that a portal lets in cannot be removed.
crm-members = Members
crm-members-count = { $n ->
    [one] { $n } member
   *[other] { $n } members
}
crm-members-none = Nobody is in this group.
crm-members-add = Add contacts
crm-members-remove = Take out the chosen ones …
crm-will-add = { $name } is added
crm-will-remove = { $name } is taken out
crm-criteria = Who is in this group
crm-criteria-hint = A contact is in it if all conditions of one block hold. Only properties that customers cannot change can be used.
crm-criteria-none = There is no property that conditions can use. Add one under Properties first.
crm-criteria-or = or
crm-criteria-and = and
crm-criteria-group = Block { $n }
crm-criteria-property = Property
crm-criteria-choose = Choose a property
crm-criteria-operator = Comparison
crm-criteria-value = Value
crm-criteria-add = Add a condition
crm-criteria-add-group = Add a block (or)
crm-criteria-remove = Remove
crm-criteria-remove-named = Remove condition { $n }
crm-operator = { $operator ->
    [is] is
    [is_not] is not
    [any_of] is one of
    [contains] contains
    [less] is less than
    [greater] is greater than
    [known] is known
   *[unknown] is unknown
}
crm-kind = { $kind ->
    [text] Text
    [number] Number
    [date] Date
    [bool] Yes or no
    [choice] One choice
   *[choices] Several choices
}
crm-kind-hint = { $kind ->
    [text] Any text. For “is one of”, put semicolons between the values.
    [number] A number, for example 2.5.
    [date] A day, for example 2026-11-22.
    [bool] true or false.
    [choice] One choice. For “is one of”, put semicolons between the values.
   *[choices] Choices with commas between them.
}
crm-preview-title = What this changes
crm-preview-nothing = Nobody gains or loses sight of a ticket, and nobody gains or loses access.
crm-preview-sight = { $side ->
    [gain] { $people ->
        [one] { $people } person gains
       *[other] { $people } people gain
    } sight of { $tickets ->
        [one] { $tickets } ticket.
       *[other] { $tickets } tickets.
    }
   *[lose] { $people ->
        [one] { $people } person loses
       *[other] { $people } people lose
    } sight of { $tickets ->
        [one] { $tickets } ticket.
       *[other] { $tickets } tickets.
    }
}
crm-preview-doors = { $side ->
    [gain] { $people ->
        [one] { $people } person gains
       *[other] { $people } people gain
    } access to a portal.
   *[lose] { $people ->
        [one] { $people } person loses
       *[other] { $people } people lose
    } access to a portal.
}
crm-preview-more = and others
crm-preview-estimate = There is too much to look at everything: read the numbers as “at least”.
crm-contact-new = New contact
crm-with-removed = Show removed contacts too
crm-details = Details
crm-email = E-mail address
crm-membership-email = Membership e-mail
crm-membership-hint = The contact signs in with it, and registration e-mails go only there.
crm-membership-fixed = This contact has registered. They change this address themselves, on their account page, and confirm it.
crm-primary = Primary company
crm-primary-new = Make it the primary company
crm-primary-none = No primary company
crm-company-add = Add a company
crm-company-add-hint = Its name, as it is under Companies.
crm-by-criteria = by criteria
crm-sees = What this contact sees
crm-sees-text = By the same rule that the portal follows. Nothing is marked as read.
crm-sees-none = There is no portal yet.
crm-enters = Has access
crm-enters-not = No access
crm-list = { $tab ->
    [mine] Own tickets
   *[company] Tickets of the company
}
crm-list-counts = { $open } open, { $closed } closed
crm-because-not-published = The portal is not published.
crm-because-removed = The contact was removed.
crm-because-in-group = In the access group { $name }, which the portal lets in.
crm-because-matches-group = Matches the criteria of the access group { $name }, which the portal lets in.
crm-because-no-group = In no access group that the portal lets in.
crm-because-registered = Registered, and the portal lets in everybody who is.
crm-because-not-registered = Not registered; the portal lets in only those who are.
crm-because-own = The portal shows own tickets only.
crm-because-company = The portal shows all tickets of the primary company, { $name }.
crm-because-matches-company = Matches the criteria for seeing all tickets of the primary company, { $name }.
crm-because-no-match = Does not match the criteria for seeing the tickets of the company.
crm-because-no-company = Would see the tickets of the primary company, but has none.
crm-contact-remove = Remove this contact
crm-contact-remove-text = They cannot enter any portal from the next click on, and are signed out everywhere. Their tickets stay.
crm-contact-restore = Bring this contact back
crm-contact-restore-text = They can enter again wherever the portals let them in.
crm-company-new = New company
crm-domain = Domain name
crm-domain-hint = Only a proposal when people register. It never makes anybody a member.
crm-people = People
crm-people-none = Nobody belongs to this company.
crm-properties-lead = What you want to know of contacts, companies and tickets beyond the usual.
crm-properties-none = None yet.
crm-owner = { $owner ->
    [contact] Contacts
    [company] Companies
   *[ticket] Tickets
}
crm-writable = Customers can change it
crm-shown = Customers see it
crm-property-new = New property
crm-property-owner = Belongs to
crm-property-kind = Type
crm-property-label-en = Name, English
crm-property-label-de = Name, German
crm-property-label-hint = Its key for files and programs is made of it and never changes; neither does the type.
crm-property-add = Add property
crm-problem-criteria = Complete every condition, or remove it.
crm-problem-name-taken = There is a group with this name already.
crm-problem-group-used = Portals let in this group. Change their access first.
crm-problem-address-taken = Another contact signs in with this address.
crm-problem-registered = This contact has registered; only they can change their sign-in address, and they must confirm it.
crm-problem-company = There is not exactly one company with this name. Write it as it is under Companies.
crm-problem-property = A property has a value that does not fit its type.
crm-problem-label = Enter a name of at most 80 characters, with a letter in it.
crm-problem-property-there = There is a property with this name already.
crm-problem-property-used = Criteria use this property. If customers could change it, they could let themselves in.
office-flash-group-saved = The group was saved.
office-flash-group-members = The members were changed.
office-flash-group-removed = The group was removed.
office-flash-contact-saved = The contact was saved.
office-flash-contact-removed = The contact was removed.
office-flash-contact-restored = The contact is back.
office-flash-company-saved = The company was saved.
office-flash-property-saved = The property was saved.
