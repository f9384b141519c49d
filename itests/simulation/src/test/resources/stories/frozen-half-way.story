# Found by a second owner: a recovery that a freeze held up half way, after its host was back, started the VM elsewhere, too.
{"seed":5546,"shape":{"zones":1,"racks":3,"hosts":9,"cores":14,"gibibytes":57,"disk":"28ms"},"broke":"one owner"}
{"type":"Create","at":"1m13s510ms6ns","vm":"vm-2","millicores":1000,"memory":"2GiB","app":"db"}
{"type":"Create","at":"1m21s510ms6ns","vm":"vm-17","millicores":1000,"memory":"28GiB","app":"batch"}
{"type":"Delete","at":"1m22s185ms7ns","vm":"vm-17"}
{"type":"Cut","at":"1m22s204ms8ns","target":"z1","lasts":"10s996ms"}
{"type":"Restart","at":"1m33s597ms9ns","down":"6s357ms"}
{"type":"Freeze","at":"1m34s122ms9ns","on":true}
