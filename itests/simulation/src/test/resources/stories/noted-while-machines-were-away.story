# Found once all had come to rest: what a removal had left, begun by a provider that went and came back, was noted and never looked for.
{"seed":483,"shape":{"zones":2,"racks":2,"hosts":7,"cores":12,"gibibytes":7,"disk":"21ms"},"broke":"settled"}
{"type":"Weather","at":"48s127ms6ns","target":"z1-r1","lasts":"12s466ms","slow":"8ms","lostPercent":10,"doubledPercent":13}
{"type":"Create","at":"48s127ms7ns","vm":"vm-18","millicores":3000,"memory":"1GiB","app":"db"}
{"type":"Create","at":"49s127ms7ns","vm":"vm-19","millicores":12000,"memory":"7GiB","app":"batch"}
{"type":"Fail","at":"51s164ms9ns","target":"z1-r1-h04"}
{"type":"Fail","at":"1m5s177ms13ns","target":"z1-r1-h01"}
{"type":"Create","at":"1m5s210ms13ns","vm":"vm-18","millicores":3000,"memory":"1GiB","app":"web"}
{"type":"Create","at":"1m5s210ms14ns","vm":"vm-21","millicores":12000,"memory":"2GiB","app":null}
{"type":"Create","at":"1m18s219ms14ns","vm":"vm-22","millicores":1000,"memory":"7GiB","app":"batch"}
{"type":"Create","at":"1m19s344ms14ns","vm":"vm-23","millicores":1000,"memory":"1B","app":"batch"}
{"type":"Weather","at":"2m6s982ms21ns","target":"z2-r2","lasts":"1s372ms","slow":"26ms","lostPercent":26,"doubledPercent":8}
{"type":"Delete","at":"2m7s359ms21ns","vm":"vm-23"}
{"type":"Leave","at":"2m7s954ms24ns","area":"machines","away":"817ms"}
