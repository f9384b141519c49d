# Found by the ledger: nobody was shown the first 255 decisions after a restart.
{"seed":4,"shape":{"zones":1,"racks":1,"hosts":6,"cores":10,"gibibytes":48,"disk":"0s"},"broke":"ledger"}
{"type":"Create","at":"1m25s679ms11ns","vm":"vm-14","millicores":1000,"memory":"4GiB","app":"db"}
{"type":"Restart","at":"1m31s679ms11ns","down":"0s"}
{"type":"Create","at":"1m31s679ms11ns","vm":"vm-27","millicores":10000,"memory":"48GiB","app":null}
