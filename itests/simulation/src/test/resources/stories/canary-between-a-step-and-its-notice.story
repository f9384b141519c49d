# Found by canary: one that began after the clock had been set, but before that was seen, lasted 491 days after a restart.
{"seed":22,"shape":{"zones":2,"racks":4,"hosts":11,"cores":10,"gibibytes":64,"disk":"20ms"},"broke":"canary"}
{"type":"Arrive","at":"1m7s743ms10ns","strategy":"answers-nothing-4","behaviour":"ANSWERS_NOTHING"}
{"type":"Clock","at":"1m23s65ms11ns","by":"491d"}
{"type":"Canary","at":"1m23s113ms11ns","strategy":"answers-nothing-4","percent":18,"lasts":"47s","abortIf":[],"then":"SHADOW"}
{"type":"Restart","at":"2m2s342ms16ns","down":"973ms"}
