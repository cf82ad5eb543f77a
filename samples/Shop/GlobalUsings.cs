global using Microsoft.AspNetCore.Mvc;
global using Microsoft.Extensions.DependencyInjection;
