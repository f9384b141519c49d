# Found by canary: an answer broke a guardrail while acting was being frozen, and nobody looked at what the canary had done.
{"seed":2072,"shape":{"zones":2,"racks":3,"hosts":6,"cores":7,"gibibytes":29,"disk":"0s"},"broke":"canary"}
{"type":"Arrive","at":"1s550ms1ns","strategy":"overfills-1","behaviour":"OVERFILLS"}
{"type":"Canary","at":"6s736ms1ns","strategy":"overfills-1","percent":64,"lasts":"33s","abortIf":["violations>0"],"then":"SHADOW"}
{"type":"Create","at":"6s736ms1ns","vm":"vm-2","millicores":1,"memory":"1B","app":"web"}
{"type":"Create","at":"7s497ms1ns","vm":"vm-3","millicores":7000,"memory":"1B","app":"batch"}
{"type":"Freeze","at":"7s497ms1ns","on":true}
