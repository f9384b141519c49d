# Found by capacity: a VM whose recovery failed went back to a place that had been given to another one.
{"seed":202,"shape":{"zones":2,"racks":2,"hosts":11,"cores":10,"gibibytes":47,"disk":"0s"},"broke":"capacity"}
{"type":"Create","at":"19s718ms1ns","vm":"vm-4","millicores":2000,"memory":"19GiB","app":"web"}
{"type":"Create","at":"19s718ms1ns","vm":"vm-5","millicores":10000,"memory":"1B","app":"batch"}
{"type":"Create","at":"20s539ms1ns","vm":"vm-6","millicores":1000,"memory":"47GiB","app":null}
{"type":"Fail","at":"50s269ms5ns","target":"z1-r1-h02"}
{"type":"Weather","at":"1m48s243ms10ns","target":"z1","lasts":"20s362ms","slow":"27ms","lostPercent":37,"doubledPercent":43}
{"type":"Restart","at":"1m49s652ms11ns","down":"1s641ms"}
{"type":"Heal","at":"1m50s27ms11ns","target":null}
{"type":"Create","at":"1m50s27ms12ns","vm":"vm-10","millicores":5000,"memory":"9GiB","app":"db"}
{"type":"Stop","at":"2m3s27ms12ns","vm":"vm-16"}
