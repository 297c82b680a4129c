using Schemas;

return args switch
{
    [] => Command.Write(EventsFolder.Find(), Messages.All, Console.Out, Console.Error),
    ["--check"] => Command.Check(EventsFolder.Find(), Messages.All, Console.Out, Console.Error),
    _ => Command.Usage(Console.Error),
};
