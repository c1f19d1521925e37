# What an office that knows its machines tells the detections.

redef ListeningService::declared_at += {
	[10.71.2.20/32] = set(443/tcp),
	[10.71.2.25/32] = set(587/tcp, 993/tcp),
};

redef DownloadExecuted::allowed += { 192.0.2.80/32 };

redef RootOutside::allowed += /\/opt\/agent\/agent/;
