"""Microsoft Teams: messages, buttons, dialogs, typeahead and the message extension, over Bot Framework activities."""
