// placeholder EventSource
