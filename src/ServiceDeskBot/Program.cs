using ServiceDeskBot.Commands;

return await DeskCommands.RunAsync(args, Console.Out, Console.Error);
