# Found once all had come to rest: what a host did not have yet was taken for removed, and came later.
{"seed":6,"shape":{"zones":2,"racks":3,"hosts":4,"cores":13,"gibibytes":56,"disk":"0s"},"broke":"settled"}
{"type":"Create","at":"1s","vm":"vm-0","millicores":1000,"memory":"22GiB","app":null}
{"type":"Create","at":"16s123ms2ns","vm":"vm-2","millicores":4000,"memory":"56GiB","app":"web"}
{"type":"Create","at":"1m27s348ms8ns","vm":"vm-12","millicores":5000,"memory":"1B","app":"batch"}
{"type":"Delete","at":"1m27s797ms10ns","vm":"vm-0"}
{"type":"Weather","at":"1m27s872ms11ns","target":"z1","lasts":"23s469ms","slow":"6s179ms","lostPercent":20,"doubledPercent":0}
{"type":"Create","at":"1m27s875ms11ns","vm":"vm-6","millicores":1,"memory":"17GiB","app":"db"}
{"type":"Create","at":"1m28s868ms11ns","vm":"vm-1","millicores":13000,"memory":"8GiB","app":"db"}
{"type":"Create","at":"1m36s773ms11ns","vm":"vm-16","millicores":4000,"memory":"1B","app":"db"}
{"type":"Fail","at":"1m36s773ms11ns","target":"z2-r3-h04"}
{"type":"Freeze","at":"1m41s486ms13ns","on":true}
{"type":"Create","at":"1m53s46ms16ns","vm":"vm-26","millicores":2000,"memory":"18GiB","app":"db"}
