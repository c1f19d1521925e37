##! Ports of protocols that the engine's analyzers know, and of tunnels: behind them is the server.

redef likely_server_ports += {
	21/tcp, 22/tcp, 25/tcp, 53/tcp, 79/tcp, 80/tcp, 81/tcp, 88/tcp, 135/tcp, 139/tcp, 143/tcp, 443/tcp, 445/tcp, 465/tcp,
	502/tcp, 514/tcp, 563/tcp, 585/tcp, 587/tcp, 614/tcp, 631/tcp, 636/tcp, 989/tcp, 990/tcp, 992/tcp, 993/tcp, 995/tcp,
	1080/tcp, 1434/tcp, 1883/tcp, 2811/tcp, 3128/tcp, 3306/tcp, 3389/tcp, 5222/tcp, 5223/tcp, 5269/tcp, 5432/tcp,
	6379/tcp, 6666/tcp, 6667/tcp, 6668/tcp, 6669/tcp, 8000/tcp, 8080/tcp, 8888/tcp, 20000/tcp,

	53/udp, 67/udp, 88/udp, 123/udp, 137/udp, 161/udp, 162/udp, 443/udp, 514/udp, 1812/udp, 2123/udp, 2152/udp, 3389/udp,
	3544/udp, 4011/udp, 4789/udp, 5060/udp, 5072/udp, 5353/udp, 5355/udp, 6081/udp, 20000/udp
};
