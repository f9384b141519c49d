# Found once all had come to rest: a stop of a VM that was off was cancelled, and switched the VM on.
{"seed":1213,"shape":{"zones":1,"racks":2,"hosts":2,"cores":2,"gibibytes":61,"disk":"0s"},"broke":"settled"}
{"type":"Create","at":"1s","vm":"vm-0","millicores":1000,"memory":"61GiB","app":"web"}
{"type":"Arrive","at":"1m515ms10ns","strategy":"answers-nothing-2","behaviour":"ANSWERS_NOTHING"}
{"type":"Stop","at":"1m20s243ms14ns","vm":"vm-0"}
{"type":"Weather","at":"2m15s455ms19ns","target":"z1-r1-h01","lasts":"1s538ms","slow":"45ms","lostPercent":0,"doubledPercent":0}
{"type":"Stop","at":"2m16s647ms21ns","vm":"vm-0"}
{"type":"Promote","at":"2m16s647ms21ns","strategy":"answers-nothing-2"}
{"type":"Cancel","at":"2m16s677ms22ns","before":1}
