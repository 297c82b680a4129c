namespace Amazon.Lambda.CloudWatchEvents.ScheduledEvents;

/// <summary>A schedule is due.</summary>
public class ScheduledEvent : CloudWatchEvent<Detail>;

/// <summary>A schedule says nothing.</summary>
public class Detail;
