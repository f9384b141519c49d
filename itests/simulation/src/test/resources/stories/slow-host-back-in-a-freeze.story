# Found by a second owner: as in frozen-half-way, but the host was slow and not cut off.
{"seed":9583,"shape":{"zones":2,"racks":3,"hosts":11,"cores":3,"gibibytes":41,"disk":"0s"},"broke":"one owner"}
{"type":"Create","at":"34s166ms7ns","vm":"vm-9","millicores":3000,"memory":"14GiB","app":"web"}
{"type":"Create","at":"34s166ms8ns","vm":"vm-10","millicores":1000,"memory":"17GiB","app":"db"}
{"type":"Create","at":"48s166ms8ns","vm":"vm-11","millicores":3000,"memory":"1B","app":"batch"}
{"type":"Create","at":"53s166ms8ns","vm":"vm-12","millicores":3000,"memory":"18GiB","app":"web"}
{"type":"Weather","at":"1m4s789ms9ns","target":"z1-r1-h04","lasts":"27s413ms","slow":"6s739ms","lostPercent":0,"doubledPercent":0}
{"type":"SetMode","at":"1m5s164ms12ns","mode":"OBSERVE"}
{"type":"SetMode","at":"1m20s132ms14ns","mode":"ACT"}
{"type":"Freeze","at":"1m20s132ms15ns","on":true}
{"type":"Delete","at":"1m39s132ms15ns","vm":"vm-11"}
