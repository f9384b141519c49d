# Found once all had come to rest: what was left on a host was looked at before the VM's place was given back, and never again.
{"seed":126,"shape":{"zones":1,"racks":4,"hosts":7,"cores":9,"gibibytes":36,"disk":"15ms"},"broke":"settled"}
{"type":"Create","at":"40s54ms4ns","vm":"vm-0","millicores":9000,"memory":"2GiB","app":"web"}
{"type":"Fail","at":"40s549ms4ns","target":"z1-r2-h03"}
{"type":"Create","at":"1m59s556ms13ns","vm":"vm-20","millicores":4000,"memory":"36GiB","app":null}
{"type":"Create","at":"1m59s556ms14ns","vm":"vm-29","millicores":1000,"memory":"13GiB","app":"web"}
{"type":"Cut","at":"1m59s665ms14ns","target":"z1-r2-h04","lasts":"8s887ms"}
{"type":"Weather","at":"2m10s641ms16ns","target":"z1-r2-h04","lasts":"26s263ms","slow":"38ms","lostPercent":32,"doubledPercent":14}
