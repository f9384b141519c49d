# Found once all had come to rest: a message that made a VM came after the task had been taken back, under the same epoch.
{"seed":8,"shape":{"zones":1,"racks":1,"hosts":6,"cores":6,"gibibytes":49,"disk":"5ms"},"broke":"settled"}
{"type":"Weather","at":"22s543ms5ns","target":"z1-r1","lasts":"16s247ms","slow":"3s878ms","lostPercent":0,"doubledPercent":0}
{"type":"Create","at":"23s564ms6ns","vm":"vm-6","millicores":1000,"memory":"7GiB","app":null}
{"type":"Create","at":"24s495ms6ns","vm":"vm-2","millicores":2000,"memory":"13GiB","app":null}
{"type":"Cancel","at":"28s992ms10ns","before":1}
