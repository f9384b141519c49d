# Found by one owner: a recovery that had waited in line for a budget began when its host was back, and its VM with it.
{"seed":33,"shape":{"zones":1,"racks":3,"hosts":6,"cores":15,"gibibytes":37,"disk":"19ms"},"broke":"one owner"}
{"type":"Create","at":"3s624ms1ns","vm":"vm-3","millicores":4000,"memory":"8GiB","app":"db"}
{"type":"Budget","at":"4s587ms2ns","atOnce":1,"perHour":1,"coolDown":"0s"}
{"type":"Create","at":"42s254ms7ns","vm":"vm-0","millicores":6000,"memory":"16GiB","app":"db"}
{"type":"Cut","at":"53s254ms7ns","target":"z1-r1-h01","lasts":"24s956ms"}
{"type":"Weather","at":"2m40s615ms22ns","target":"z1-r3-h06","lasts":"20s259ms","slow":"21ms","lostPercent":30,"doubledPercent":0}
