"""The widgets of Teach: the page of a lesson and the stages experiments stand on."""
