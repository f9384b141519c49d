# Found once all had come to rest: of VMs to be together some had parted when their rack was lost, and one more found no place. It may wait.
{"seed":3758,"shape":{"zones":1,"racks":4,"hosts":12,"cores":11,"gibibytes":50,"disk":"5ms"},"broke":"settled"}
{"type":"Rule","at":"0s","id":"web-rule","demand":"TOGETHER","app":"web","per":"RACK","names":[],"count":1}
{"type":"Rule","at":"0s","id":"db-rule","demand":"IN","app":"db","per":"RACK","names":["z1-r4"],"count":3}
{"type":"Fail","at":"2s218ms4ns","target":"z1-r1"}
{"type":"Create","at":"3s196ms7ns","vm":"vm-2","millicores":1000,"memory":"1B","app":"db"}
{"type":"Create","at":"4s132ms8ns","vm":"vm-4","millicores":3000,"memory":"20GiB","app":"web"}
{"type":"Create","at":"39s521ms11ns","vm":"vm-6","millicores":11000,"memory":"50GiB","app":"web"}
{"type":"Heal","at":"1m23s153ms14ns","target":null}
{"type":"Create","at":"1m24s68ms14ns","vm":"vm-16","millicores":3000,"memory":"15GiB","app":"batch"}
{"type":"Create","at":"1m27s208ms15ns","vm":"vm-23","millicores":3000,"memory":"4GiB","app":"batch"}
{"type":"Create","at":"1m27s208ms16ns","vm":"vm-24","millicores":5000,"memory":"8GiB","app":"web"}
{"type":"Fail","at":"1m37s750ms18ns","target":"z1-r4"}
{"type":"Fail","at":"1m38s346ms22ns","target":"z1-r1-h01"}
{"type":"Rollback","at":"1m39s583ms22ns"}
