##! Text logs as JSON objects, one a line.

redef LogAscii::use_json = T;
